; What can be addressed by a name. Captures: the definition itself under its kind, `@name` or
; `@callee` with `@argument` for how it is called.

; def index ... end
(method name: (_) @name) @function

; def self.build ... end
(singleton_method name: (_) @name) @function

; class ItemsController < ApplicationController ... end
(class name: (_) @name) @class

; module Api ... end
(module name: (_) @name) @class

; LIMIT = 20
(assignment left: [(constant) (identifier) (instance_variable)] @name) @variable

; get "/items", to: "items#index"
(call
  method: (identifier) @callee
  arguments: (argument_list . [(string) (simple_symbol)] @argument)) @call
