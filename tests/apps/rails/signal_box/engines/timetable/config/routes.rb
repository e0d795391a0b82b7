Timetable::Engine.routes.draw do
  resources :departures, only: :index
  get "lines/:line", to: "lines#show"
end
