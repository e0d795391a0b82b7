require "api/v1/books"
require "api/v1/loans"

module Library
  class Status < Grape::API
    get :status do
      { ok: true }
    end
  end

  class Root < Grape::API
    prefix :api
    format :json

    mount Status
    version "v1", using: :path do
      mount V1::Books
      mount V1::Loans => "/desk"
    end
    version "v2", using: :path do
      get("ping") { "pong" }
    end
    route :any, "*anything" do
      error!("not here", 404)
    end
  end
end
