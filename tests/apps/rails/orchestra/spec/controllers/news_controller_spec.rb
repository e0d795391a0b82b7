RSpec.describe NewsController, type: :controller do
  it "lists" do
    get :index
  end

  it "shows" do
    get :show, params: { id: 4 }
  end
end
