module Authentication
  extend ActiveSupport::Concern

  included do
    before_action :remember_visit
    helper_method :current_member
  end

  def current_member
    @current_member ||= session[:member_id]
  end

  def require_login
    redirect_to "/login" unless current_member
  end

  private

  def remember_visit
    session[:seen] = true
  end
end
