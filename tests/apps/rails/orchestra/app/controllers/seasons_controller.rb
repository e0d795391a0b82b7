class SeasonsController < ApplicationController
  skip_before_action :require_login, only: %i[index show current]
  before_action :ensure_conductor, except: [:index, :show, :current, :search]

  def index
    @seasons = []
    render json: params[:page]
  end

  def show
    render json: { id: params[:id], detail: params.fetch(:detail, "short") }
  end

  def current
    head :ok
  end

  def search
    head :ok
  end

  def create
    render json: season_params, status: :created
  end

  def update
    render json: season_params
  end

  def destroy
    head :no_content
  end

  private

  def season_params
    params.require(:season).permit(:title, :starts_on, venue: [:name, :city], tag_ids: [])
  end

  def ensure_conductor
    head :forbidden unless current_member == 1
  end
end
