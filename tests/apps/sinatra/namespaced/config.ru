require "sinatra/base"
require_relative "app"

run Stall
