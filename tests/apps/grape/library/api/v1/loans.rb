module Library
  module V1
    class Loans < Grape::API
      namespace "loans" do
        route %w[GET POST], "search" do
          []
        end
        delete "/:id" do
          true
        end
      end
    end
  end
end
