module Routing
  module Status
    def self.extended(router)
      router.instance_exec do
        get "status", to: "status#show"
      end
    end

    def health_check(path, **options)
      get path, to: "status#health", **options
      scope("ops") { post "drain", to: "status#drain" }
    end
  end
end
