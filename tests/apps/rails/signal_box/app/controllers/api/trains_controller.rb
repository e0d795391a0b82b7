class Api::TrainsController < ActionController::API
  def index
    render json: params.permit(:from, :to)
  end
end
