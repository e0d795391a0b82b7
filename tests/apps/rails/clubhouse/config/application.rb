require "rails"
require "active_record/railtie"
require "action_controller/railtie"
require "action_mailer/railtie"
require "devise"

module Clubhouse
  class Application < Rails::Application
    config.load_defaults 6.1
    config.eager_load = false
    config.secret_key_base = "only for tests"
    config.logger = Logger.new(nil)
    config.root = File.expand_path("..", __dir__)
  end
end
