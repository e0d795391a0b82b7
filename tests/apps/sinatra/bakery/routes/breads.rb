require "lib/base"

class Bakery::Breads < Bakery::Base
  get "/" do
    params[:kind]
  end

  get "/:id" do
    params["id"]
  end
end
