resources :trains do
  resources :wagons, shallow: true
end
resource :clock, only: :show
