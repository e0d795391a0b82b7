require "routing/status"
require "routing/helpers"

Rails.application.routes.draw do
  extend Routing::Status

  draw :public
  namespace :api do
    draw :api
    Routing::Helpers.levers(self, %w[home distant])
  end

  health_check "healthz"
  mount Timetable::Engine => "/timetable"
end
