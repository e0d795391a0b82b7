class CourtsController < ApplicationController
  skip_before_action :authenticate_member!, only: :index

  def index
    head :ok
  end

  def create
    head :created
  end
end
