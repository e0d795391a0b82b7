# Writes the routes of Sinatra applications, in the normal form of `backwright routes --json`: a list
# of [method, path]. The entry is a `config.ru`, or a file that makes a classic application.
# Usage: dump_sinatra.rb OUT ENTRY
require "json"
require "sinatra/base"

out, entry, = ARGV
ENV["APP_ENV"] = "test"
$LOAD_PATH.unshift(File.expand_path("."), File.expand_path("lib"))

# What `config.ru` says: applications by their paths.
class Recorder
  attr_reader :found

  def initialize(prefix, found)
    @prefix, @found = prefix, found
  end

  def map(path, &block) = Recorder.new(@prefix + path.chomp("/"), @found).instance_eval(&block)

  def run(app) = listed(app, @prefix)

  def use(app, *) = (listed(app, @prefix) if app.is_a?(Class) && app <= Sinatra::Base)

  private

  def listed(app, prefix)
    case app
    when Rack::URLMap then raise "a map is written with blocks in config.ru"
    when Rack::Cascade then app.apps.each { |it| listed(it, prefix) }
    when Sinatra::Wrapper then routes(app.helpers.class, prefix)
    else routes(app.is_a?(Class) ? app : app.class, prefix)
    end
  end

  def routes(app, prefix)
    app.middleware.each { |it, *| use(it) if it.is_a?(Class) }
    app.routes.each do |verb, entries|
      next if verb == "HEAD"
      entries.each do |pattern, *|
        pattern.to_templates.each do |template|
          path = prefix + template.gsub(/\{\+(\w+)\}/, '{\1*}')
          @found << [verb, path == "/" ? path : path.chomp("/")]
        end
      end
    end
  end
end

recorder = Recorder.new("", [])
if entry.end_with?(".ru")
  recorder.instance_eval(File.read(entry), entry)
else
  require "sinatra"
  set :run, false
  require File.expand_path(entry)
  recorder.run(Sinatra::Application)
end
File.write(out, JSON.generate(recorder.found.map { |it, path| [it, path.empty? ? "/" : path] }.uniq))
