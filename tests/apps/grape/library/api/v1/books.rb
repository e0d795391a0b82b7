module Library
  module V1
    class Books < Grape::API
      before { authenticate! unless request.get? }

      resource :books do
        params do
          optional :page, type: Integer
        end
        get do
          []
        end

        params do
          requires :title, type: String
          optional :tags, type: Array[String]
        end
        post do
          { title: params[:title] }
        end

        params do
          requires :id, type: Integer
        end
        route_param :id do
          get do
            params[:id]
          end

          namespace :copies do
            get ":copy_id" do
              params[:copy_id]
            end
            put :shelve, ":copy_id/shelve" do
              true
            end
          end
        end
      end
    end
  end
end
