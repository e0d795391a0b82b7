require "rails_helper"

RSpec.describe "Tickets", type: :request do
  let(:concert_id) { 3 }
  let(:url) { "/concerts/#{concert_id}/tickets" }

  before { get "/me" }

  describe "POST /concerts/:concert_id/tickets" do
    subject(:buy) { post url, params: { seat: "A1" } }

    it "sells one" do
      buy
      expect(response).to have_http_status(:created)
    end

    context "when sold out" do
      it "refuses" do
        post concert_tickets_path(concert_id)
      end
    end
  end
end
