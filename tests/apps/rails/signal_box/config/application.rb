require "rails"
require "action_controller/railtie"

require_relative "../engines/timetable/lib/timetable"

module SignalBox
  class Application < Rails::Application
    config.load_defaults 6.1
    config.eager_load = false
    config.secret_key_base = "only for tests"
    config.logger = Logger.new(nil)
    config.api_only = true
    config.root = File.expand_path("..", __dir__)
  end
end
