Rails.application.routes.draw do
  devise_for :members, path: "club", controllers: { sessions: "members/sessions" },
                       path_names: { sign_in: "enter", sign_out: "leave" }

  namespace :staff do
    devise_for :trainers, class_name: "Trainer", skip: [:passwords]
  end

  devise_for :guests, only: :registrations, path: "", path_names: { sign_up: "join" }
  devise_for :visitors, class_name: "Trainer", skip: :all

  devise_scope :member do
    get "in", to: "members/sessions#new"
    delete "out" => "members/sessions#destroy"
  end

  authenticate :member do
    resources :courts, only: [:index, :create]
  end

  authenticated :member do
    root to: "courts#index", as: :member_root
  end
end
