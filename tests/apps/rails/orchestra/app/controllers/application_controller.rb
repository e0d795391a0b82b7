class ApplicationController < ActionController::Base
  include Authentication

  before_action :require_login
  before_action :set_locale
  rescue_from ActiveRecord::RecordNotFound, with: :not_found if defined?(ActiveRecord)

  private

  def set_locale
    I18n.locale = params[:locale] || :en
  end

  def not_found
    head :not_found
  end
end
