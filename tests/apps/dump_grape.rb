# Writes the routes of a Grape API, in the normal form of `backwright routes --json`: a list of
# [method, path]. Usage: dump_grape.rb OUT ENTRY CLASS
require "json"
require "grape"

out, entry, name = ARGV
$LOAD_PATH.unshift(File.expand_path("."), File.expand_path("lib"))
require File.expand_path(entry)

found = Object.const_get(name).routes.flat_map do |route|
  versions = Array(route.version)
  versions = [""] if versions.empty? || !route.path.include?(":version")
  versions.map do |version|
    path = route.path.sub(/\(\/?\.[^()]*\)\z/, "").sub(":version", version)
    path = path.gsub(/:(\w+)/, '{\1}').gsub(/\*(\w+)/, '{\1*}')
    [route.request_method == "*" ? "ANY" : route.request_method, path == "/" ? path : path.chomp("/")]
  end
end
File.write(out, JSON.generate(found.reject { |it| it[0] == "HEAD" }.uniq))
