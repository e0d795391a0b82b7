class Members::SessionsController < Devise::SessionsController
  skip_before_action :authenticate_member!, raise: false

  def create
    super
  end
end
