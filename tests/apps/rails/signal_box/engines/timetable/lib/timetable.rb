module Timetable
  class Engine < ::Rails::Engine
    isolate_namespace Timetable
    config.root = File.expand_path("..", __dir__)
  end
end
