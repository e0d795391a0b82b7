; What can be addressed by a name. Captures: the definition itself under its kind, `@name` or
; `@callee` with `@argument` for how it is called, `@registers` for a decorator that names it,
; `@closing` for statements that stay at the end of a file.

; def read_item(item_id): ...
(function_definition name: (identifier) @name) @function

; class Item(Base): ...
(class_definition name: (identifier) @name) @class

; router = APIRouter()
(assignment left: (identifier) @name) @variable

; first, second = build()
(assignment left: (pattern_list (identifier) @name)) @variable

; app.state.limiter = limiter
(assignment left: (attribute) @name) @variable

; type Payload = dict[str, str]
(type_alias_statement left: (type (identifier) @name)) @variable

; app.add_url_rule("/items", view_func=read_items)
(call
  function: [(identifier) (attribute)] @callee
  arguments: (argument_list . (string) @argument)) @call

; app.include_router(items.router, prefix="/items")
(call
  function: (attribute) @callee
  arguments: (argument_list . [(identifier) (attribute)] @argument)) @call

; @router.get("/items")
; def read_items(): ...
(decorated_definition
  (decorator (call
    function: [(identifier) (attribute)] @callee
    arguments: (argument_list . (string) @argument)))
  definition: (_) @registers)

; if __name__ == "__main__": ...
(module (if_statement
  condition: (comparison_operator . (identifier) @_dunder (#eq? @_dunder "__name__"))) @closing)
