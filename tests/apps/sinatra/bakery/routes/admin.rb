require "lib/base"

class Bakery::Admin < Bakery::Base
  before { require_baker! }

  get "/ovens" do
    "hot"
  end

  delete "/ovens/:number" do
    "cold"
  end
end
