require "sinatra"
require "json"

PAGES = { about: "About us", press: "Press" }

helpers do
  def protected!
    halt 401 unless request.env["HTTP_X_TOKEN"]
  end
end

before "/admin/*" do
  protected!
end

get "/" do
  "hello"
end

get "/hello/:name" do
  "hello #{params[:name]} #{params["greeting"]}"
end

post "/notes" do
  protected!
  JSON.parse(request.body.read)
end

%w[daily weekly].each do |period|
  get "/reports/#{period}" do
    period
  end
end

PAGES.each do |slug, title|
  get("/pages/#{slug}") { title }
end

get "/download/*" do |path|
  path
end

get "/posts/:id/?:format?" do
  "either"
end

put "/admin/settings" do
  "saved"
end

delete("/admin/notes/:id") { halt 204 }
