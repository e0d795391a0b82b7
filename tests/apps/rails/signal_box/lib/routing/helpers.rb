module Routing
  module Helpers
    def self.levers(router, names)
      names.each do |name|
        router.resource name, only: :update, controller: "levers"
      end
    end
  end
end
