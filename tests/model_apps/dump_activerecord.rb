# Says what Active Record makes of a project's schema and models, in the form of
# `backwright models --json`. The schema is loaded into SQLite in memory. Usage: dump_activerecord.rb ENTRY
require "json"
require "active_record"

$stdout.sync = true
ActiveRecord::Base.logger = nil
ActiveRecord::Migration.verbose = false
ActiveRecord::Base.establish_connection(adapter: "sqlite3", database: ":memory:")
connection = ActiveRecord::Base.connection
if File.directory?(ARGV[0])
  ActiveRecord::MigrationContext.new(ARGV[0], ActiveRecord::SchemaMigration).migrate
else
  load ARGV[0]
end

files = Dir["app/models/**/*.rb"].sort
files.each do |file|
  name = file.delete_prefix("app/models/").delete_prefix("concerns/").delete_suffix(".rb").camelize
  *modules, last = name.split("::")
  home = modules.inject(Object) { |at, it| at.const_defined?(it) ? at.const_get(it) : at }
  home.autoload(last.to_sym, File.expand_path(file))
end
files.each { |file| require File.expand_path(file) }

# SQLite makes its keys, and `references` to them, plain integers; every other database "bigint".
def type_of(column, key)
  return "bigint" if column.type == :integer && (column.name == key || column.name.end_with?("_id"))
  column.sql_type == "bigint" ? "bigint" : column.type.to_s
end

def table_of(connection, table)
  key = connection.primary_key(table)
  indexes = connection.indexes(table)
  single = indexes.select { |it| it.unique && it.columns.one? }.map { |it| it.columns.first }
  fields = connection.columns(table).map do |it|
    primary = it.name == key
    default = it.default_function || (it.default.nil? ? "" : it.default)
    default = { "1" => "true", "0" => "false" }.fetch(default, default) if it.type == :boolean
    { name: it.name, type: type_of(it, key), nullable: !primary && it.null, unique: single.include?(it.name),
      primary_key: primary, default: default.to_s.empty? ? nil : default.to_s }
  end
  rest = indexes.reject { |it| it.unique && it.columns.one? }
  [fields, rest.map { |it| { fields: it.columns, unique: it.unique } }]
end

def kind_of(reflection)
  return "many-to-one" if reflection.macro == :belongs_to
  return "many-to-many" if reflection.macro == :has_and_belongs_to_many
  return "one-to-one" if reflection.macro == :has_one
  source = reflection.through_reflection? ? reflection.source_reflection.macro : nil
  source == :belongs_to ? "many-to-many" : "one-to-many"
end

def via_of(reflection)
  return reflection.join_table if reflection.macro == :has_and_belongs_to_many
  return reflection.through_reflection.klass.table_name if reflection.through_reflection?
  reflection.foreign_key.to_s
end

models = ActiveRecord::Base.descendants.reject { |it| it.abstract_class? || it.name.nil? || it.name.match?(/HABTM|\AActiveRecord::/) }
found = models.map do |model|
  fields, indexes = table_of(connection, model.table_name)
  reflections = model.reflections.values.reject { |it| it.name.to_s.include?("habtm") || it.options[:through].to_s.include?("HABTM") }
  relations = reflections.map do |it|
    declared = model.reflect_on_all_associations.find { |each| each.name == it.name } || it
    target = it.polymorphic? ? "" : it.klass.name
    { name: it.name.to_s, target: target, kind: kind_of(declared), via: via_of(declared) }
  end
  relations.reject! { |it| it[:target].to_s.include?("HABTM") }
  { name: model.name, table: model.table_name, fields: fields, relations: relations, indexes: indexes }
end
taken = models.map(&:table_name)
own = %w[schema_migrations ar_internal_metadata]
(connection.tables - taken - own).each do |table|
  fields, indexes = table_of(connection, table)
  found << { name: table, table: table, fields: fields, relations: [], indexes: indexes }
end
puts JSON.generate(found)
