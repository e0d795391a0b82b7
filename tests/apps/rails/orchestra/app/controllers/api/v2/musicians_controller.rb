class Api::V2::MusiciansController < ActionController::API
  before_action { head :unauthorized unless request.headers["X-Key"] }

  def index
    render json: [params[:q], request.headers["X-Tenant"]]
  end
end
