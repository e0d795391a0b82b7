module Timetable
  class DeparturesController < ActionController::API
    before_action :require_staff!

    def index
      render json: []
    end

    private

    def require_staff!
      head :forbidden
    end
  end
end
