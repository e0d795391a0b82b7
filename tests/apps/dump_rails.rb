# Writes the routes of a Rails application once it is loaded, in the normal form of
# `backwright routes --json`: a list of [method, path]. With `handlers` each has its
# `controller#action` too. Usage: dump_rails.rb OUT ENTRY [handlers]
require "json"

out, entry, more = ARGV
ENV["RAILS_ENV"] ||= "test"
$LOAD_PATH.unshift(File.expand_path("lib"))
require File.expand_path(entry)

# Every spelling of a path: with and without each optional part, the format left out.
def spellings(node)
  case node.type
  when :CAT then spellings(node.left).product(spellings(node.right)).map(&:join)
  when :GROUP
    inner = spellings(node.left)
    inner.any? { |it| it.include?("{format}") } ? [""] : ["", *inner]
  when :SYMBOL then ["{#{node.to_sym}}"]
  when :STAR then ["{#{node.left.to_sym}*}"]
  when :OR then node.children.flat_map { |it| spellings(it) }
  else [node.to_s]
  end
end

# Of Rails itself and of engines from outside of the application nothing is listed.
def listed(routes, prefix, found)
  routes.each do |route|
    next if route.internal
    paths = spellings(route.path.spec).map { |it| (prefix + it).gsub(%r{/{2,}}, "/") }
    app = route.app.rack_app
    if app.respond_to?(:routes) && route.app.engine?
      listed(app.routes.routes, paths.first.chomp("/"), found)
    elsif app.respond_to?(:new) && !route.app.dispatcher? && !app.is_a?(Proc)
      next
    else
      verbs = route.verb.empty? ? ["ANY"] : route.verb.split("|")
      handler = route.defaults.values_at(:controller, :action).compact.join("#")
      verbs.product(paths).each do |verb, path|
        found << [verb, path == "/" ? path : path.chomp("/"), handler]
      end
    end
  end
  found
end

found = listed(Rails.application.routes.routes, "", [])
found.reject! { |it| it[1].match?(%r{\A/(rails/|assets\b|cable\b)}) }
found.map! { |it| it.first(2) } unless more == "handlers"
File.write(out, JSON.generate(found.uniq))
