resources :signals, only: %i[index show] do
  patch :clear, on: :member
end
