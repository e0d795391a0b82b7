require "sinatra/base"
require_relative "routes/breads"
require_relative "routes/orders"
require_relative "routes/admin"

use Bakery::Health

map "/api" do
  map("/breads") { run Bakery::Breads }
  run Bakery::Orders.new
end

map "/admin" do
  run Bakery::Admin
end
