require "test_helper"

class SeasonsTest < ActionDispatch::IntegrationTest
  setup do
    post login_path, params: { member: 1 }
  end

  test "lists the seasons" do
    get seasons_url
    assert_response :success
  end

  test "shows one of them" do
    get season_path(1), params: { detail: "long" }
    get "/seasons/#{1 + 1}/concerts"
  end

  def test_removes_one
    remove(7)
  end

  private

  def remove(id)
    delete "/seasons/#{id}"
  end
end
