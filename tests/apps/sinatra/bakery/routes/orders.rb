require "lib/base"

module Bakery
  class Orders < Base
    get("/orders") { "all" }
    post("/orders") { params[:bread] }

    patch "/orders/:order_id/lines/:line" do
      params[:amount]
    end
  end
end
