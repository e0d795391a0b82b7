module Bakery
  class Base < Sinatra::Base
    set :show_exceptions, false

    helpers do
      def require_baker!
        halt 403, "no" unless session[:baker]
      end
    end
  end

  class Health < Sinatra::Base
    get("/health") { "ok" }
  end
end
