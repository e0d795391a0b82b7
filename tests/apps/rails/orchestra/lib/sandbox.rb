module Sandbox
  class Engine < Rails::Engine
    isolate_namespace Sandbox
  end
end

Sandbox::Engine.routes.draw do
  root to: "welcome#index"
  resources :toys, only: [:index, :create]
end
