require "sandbox"

PAGES = %w[about contact imprint].freeze
REPORTS = { attendance: "Reports", "yearly-budget" => "Budgets" }.freeze

Rails.application.routes.draw do
  root to: "seasons#current"

  concern :commentable do
    resources :comments, only: %i[index create]
  end
  concern :archivable do |options|
    patch :archive, on: :member
  end

  resources :seasons do
    collection do
      get :current
      get "search/:term", action: :search, as: :search
      post :import, to: "season_imports#create"
    end
    member do
      post "publish"
      get :preview, to: "season_previews#show"
    end
    resources :concerts, shallow: true, concerns: :commentable do
      resources :tickets, except: [:edit, :update] do
        resource :seat, only: :show
      end
      get :programme
    end
    resources :sponsors, path: "partners", as: :partners, param: :slug
  end

  resource :profile, only: [:show, :edit, :update], path: "me" do
    resources :devices, only: :index
    get "calendar.ics", action: :calendar
    resource :picture, controller: "profile_pictures"
  end

  namespace :api, defaults: { format: :json } do
    namespace :v1, path: "v1.0" do
      resources :musicians, only: [:index, :show], constraints: { id: /\d+/ }, concerns: [:archivable]
      match "sync", to: "sync#run", via: [:get, :post]
    end
    scope module: :v2, path: "v2", as: :v2 do
      resources :musicians, only: :index
      resources :people, only: :show do
        resources :addresses, only: :index
        resources :matrices, only: :show
      end
    end
  end

  scope "(:locale)", locale: /en|de/ do
    resources :news, only: [:index, :show]
    get "archive(/:year(/:month))", to: "news#archive", as: :archive
  end

  scope controller: :rehearsals do
    get "rehearsals/today", action: :today
    get "rehearsals/plan" => :plan
  end

  controller :pages do
    PAGES.each { |name| get name, action: name }
    get "help/*topic", action: :help
  end

  REPORTS.each do |slug, model|
    get "reports/#{slug}", to: "reports##{model.downcase}", as: "#{slug.to_s.underscore}_report"
  end

  with_options only: [:index] do |it|
    it.resources :instruments
    it.resources :halls
  end

  get "legacy/profile", to: redirect("/me")
  get "stats/daily"
  match "webhooks/:provider", to: "webhooks#receive", via: :all
  get "healthz", to: proc { [200, {}, ["ok"]] }
  get "login" => "sessions#new", as: :login
  post "login" => "sessions#create"
  delete :logout, to: "sessions#destroy"
  get "feeds", "rss", to: "feeds#index"

  constraints(subdomain: "stage") do
    resources :stage_plans, only: :index, path_names: { new: "fresh" }
  end

  if Rails.env.test?
    get "debug/state", to: "debug#state"
  end

  mount Sandbox::Engine, at: "/sandbox"

  draw_admin = -> { resources :users, only: :index }
  scope "/admin", module: "admin", as: "admin", &draw_admin

  nested_resources = [:scores, :parts]
  resources :works, only: [] do
    nested_resources.each do |name|
      resources name, only: :create
    end
    new do
      get :wizard
    end
    namespace :internal do
      resources :notes, only: :index
    end
    scope :exports do
      get "pdf", to: "exports#pdf"
    end
  end
  shallow do
    resources :choirs, only: [] do
      resources :singers, only: [:index, :show] do
        resources :voices, only: [:index, :destroy]
      end
    end
  end
  scope shallow_path: "s", shallow_prefix: "s" do
    resources :tours, shallow: true, only: :show do
      resources :stops, only: [:index, :update]
    end
  end
  scope path: "/guest", only: %i[show] do
    resources :visits
    resource :badge
  end
  resources :photos, :videos, only: :show
  resources :invoices, only: :index, path: "", as: "bills"
  resources :drafts, only: [:new, :edit], path_names: { new: "start", edit: "change" }
end
