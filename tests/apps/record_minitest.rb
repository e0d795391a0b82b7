# Runs the integration tests of a Rails application and writes which requests each of them makes:
# {"SeasonsTest#test_shows": [["GET", "/seasons/1"], ...]}. Usage: record_minitest.rb OUT
require "json"
require "minitest"

out, = ARGV
ENV["RAILS_ENV"] = "test"
$LOAD_PATH.unshift(File.expand_path("lib"), File.expand_path("test"))
require File.expand_path("config/environment")
require "rails/test_unit/railtie"
require "action_dispatch/testing/integration"
REQUESTS = Hash.new { |all, test| all[test] = [] }

module Recording
  def process(method, path, **)
    test = Thread.current[:test]
    REQUESTS[test] << [method.to_s.upcase, path.sub(%r{\Ahttps?://[^/]+}, "")]
    super
  rescue StandardError
    nil # a controller that is not there: the request was made all the same
  end
end
ActionDispatch::Integration::Session.prepend(Recording)

module Named
  def before_setup
    Thread.current[:test] = "#{self.class.name}##{name}"
    super
  end
end
ActionDispatch::IntegrationTest.prepend(Named)

Dir["test/**/*_test.rb"].sort.each { |file| eval(File.read(file).sub('require "test_helper"', ""), TOPLEVEL_BINDING, file) }
Minitest.run([])
File.write(out, JSON.generate(REQUESTS))
