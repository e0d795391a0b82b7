; What can be addressed by a name. Captures: the definition itself under its kind, `@name` or
; `@callee` with `@argument` for how it is called, `@registers` for a decorator that names it,
; `@closing` for statements that stay at the end of a file.

; function readItem(id) { ... }
(function_declaration name: (identifier) @name) @function

; function* readItems() { ... }
(generator_function_declaration name: (identifier) @name) @function

; export default function (req, res) { ... }
(export_statement
  "default" @name
  value: [(function_expression) (arrow_function) (generator_function)]) @function

; export default { list() { ... } }
(export_statement "default" @name value: [(object) (call_expression) (new_expression)]) @variable

; class ItemStore { ... }
(class_declaration name: (_) @name) @class

; export default class { ... }
(export_statement "default" @name value: (class)) @class

; const readItem = async (id) => { ... }
(variable_declarator
  name: (identifier) @name
  value: [(arrow_function) (function_expression) (generator_function)]) @function

; const router = express.Router()
(variable_declarator name: (identifier) @name) @variable

; const { list, create: add } = controller
(variable_declarator
  name: (object_pattern [
    (shorthand_property_identifier_pattern) @name
    (pair_pattern value: (identifier) @name)
  ])) @variable

; exports.list = async (req, res) => { ... }
(assignment_expression
  left: (member_expression) @name
  right: [(arrow_function) (function_expression) (generator_function)]) @function

; module.exports = router
(assignment_expression left: (member_expression) @name) @variable

; class ItemStore { list() { ... } }
(method_definition name: [(property_identifier) (private_property_identifier)] @name) @method

; class ItemStore { list = () => { ... } }
(public_field_definition name: [(property_identifier) (private_property_identifier)] @name) @method

; const controller = { list: async (req, res) => { ... } }
(pair
  key: (property_identifier) @name
  value: [(arrow_function) (function_expression) (generator_function)]) @method

; router.get("/items", readItems)
(call_expression
  function: [(identifier) (member_expression)] @callee
  arguments: (arguments . [(string) (template_string)] @argument)) @call

; app.use(PATHS.items, router)
(call_expression
  function: (member_expression) @callee
  arguments: (arguments . [(identifier) (member_expression)] @argument)) @call

; export default router
(program (export_statement "default" value: (identifier)) @closing)

; export { list, create }
(program (export_statement (export_clause) !source) @closing)

; module.exports = { list, create }
(program (expression_statement
  (assignment_expression
    left: (member_expression) @_exports (#eq? @_exports "module.exports"))) @closing)

; @Get("/items") list() { ... }
(class_body
  (decorator (call_expression
    function: [(identifier) (member_expression)] @callee
    arguments: (arguments . [(string) (template_string)] @argument)))
  .
  (method_definition) @registers)

; abstract class BaseStore { ... }
(abstract_class_declaration name: (_) @name) @class

; interface Item { id: string }
(interface_declaration name: (_) @name) @class

; enum Role { admin, member }
(enum_declaration name: (_) @name) @class

; type ItemId = string
(type_alias_declaration name: (_) @name) @variable

; export = router
(program (export_statement "=") @closing)
