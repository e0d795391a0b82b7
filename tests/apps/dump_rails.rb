# Writes the routes that a Rails application has once it is loaded, in the normal form of
# `backwright routes --json`: [[method, path, "controller#action"], ...]. Usage: dump_rails.rb ROOT OUT
require "json"

root, out = ARGV
$LOAD_PATH.unshift(File.join(root, "lib"))
ENV["RAILS_ENV"] ||= "test"
require File.join(root, "config", "environment")

# Every spelling of a path: with and without each optional part, the format left out.
def spellings(node)
  case node.type
  when :CAT then spellings(node.left).product(spellings(node.right)).map(&:join)
  when :GROUP
    inner = spellings(node.left)
    inner.any? { |it| it.include?("{format}") } ? [""] : ["", *inner]
  when :SYMBOL then ["{#{node.to_sym}}"]
  when :STAR then ["{#{node.left.to_sym}*}"]
  when :SLASH then ["/"]
  when :DOT then ["."]
  when :OR then node.children.flat_map { |it| spellings(it) }
  else [node.to_s]
  end
end

def listed(routes, prefix, found)
  routes.each do |route|
    next if route.internal
    paths = spellings(route.path.spec).map { |it| (prefix + it).gsub(%r{/{2,}}, "/") }
    if route.app.engine?
      listed(route.app.rack_app.routes.routes, paths.first.chomp("/"), found)
      next
    end
    app = route.app.respond_to?(:rack_app) ? route.app.rack_app : route.app
    next unless route.app.dispatcher? || app.is_a?(ActionDispatch::Routing::Redirect) || app.is_a?(Proc)
    verbs = route.verb.empty? ? ["ANY"] : route.verb.split("|")
    handler = route.defaults[:controller] ? "#{route.defaults[:controller]}##{route.defaults[:action]}" : ""
    verbs.product(paths).each { |verb, path| found << [verb, path == "/" ? path : path.chomp("/"), handler] }
  end
  found
end

found = listed(Rails.application.routes.routes, "", [])
own = %r{\A/(rails/|assets\b|cable\b)}
File.write(out, JSON.generate(found.reject { |it| it[1].match?(own) }.map { |it| it.first(2) }.uniq)) if ENV["HANDLERS"].nil?
File.write(out, JSON.generate(found.reject { |it| it[1].match?(own) }.uniq)) if ENV["HANDLERS"]
