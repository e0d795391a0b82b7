require "sinatra/namespace"

class Stall < Sinatra::Base
  register Sinatra::Namespace

  namespace "/fruits" do
    get ".json" do
      params[:kind]
    end

    post "" do
      params[:name]
    end

    namespace "/:id" do
      get "/price" do
        "1"
      end
    end
  end

  namespace "/staff" do
    before { halt 403 unless session[:staff] }

    delete("/fruits/:id") { "gone" }
  end
end
