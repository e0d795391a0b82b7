"""What is read of projects in Ruby beside routes: guards, inputs, tests, statements, stacks."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from backwright.facts.backend import Backend
from projects import backend

ROUTES = """
#- config/routes.rb
Rails.application.routes.draw do
  {0}
end
"""


def read(folder: Path, notation: str, routes: str = "resources :notes") -> Backend:
    return backend(folder, ROUTES.format(routes) + dedent(notation))


GUARDS = {
    "inherited, and skipped for some": (
        """
        #- app/controllers/application_controller.rb
        class ApplicationController < ActionController::Base
          before_action :authenticate_user!
        end
        #- app/controllers/notes_controller.rb
        class NotesController < ApplicationController
          skip_before_action :authenticate_user!, only: :index
          def index; end
          def create; end
        end
        """,
        {"GET /notes": [], "POST /notes": ["authenticate_user!"]},
    ),
    "of a concern that the class includes": (
        """
        #- app/controllers/concerns/guarded.rb
        module Guarded
          extend ActiveSupport::Concern
          included do
            before_action :check_key, except: %i[index]
          end
          private
          def check_key
            head :unauthorized unless request.headers["X-Key"]
          end
        end
        #- app/controllers/notes_controller.rb
        class NotesController < ActionController::API
          include Guarded
          def index; end
          def create; end
        end
        """,
        {"GET /notes": [], "POST /notes": ["check_key"]},
    ),
    "by words of libraries, in the class and in the action": (
        """
        #- app/controllers/notes_controller.rb
        class NotesController < ActionController::Base
          load_and_authorize_resource only: :index
          def index; end
          def create
            authorize Note
          end
        end
        """,
        {"GET /notes": ["load_and_authorize_resource"], "POST /notes": ["authorize"]},
    ),
    "what only loads is no guard": (
        """
        #- app/controllers/notes_controller.rb
        class NotesController < ActionController::Base
          before_action :set_note
          def index; end
          def create; end
          private
          def set_note
            @note = Note.find(params[:id])
          end
        end
        """,
        {"GET /notes": [], "POST /notes": []},
    ),
}


@pytest.mark.parametrize("name", GUARDS)
def test_guards(name: str, tmp_path: Path) -> None:
    notation, expected = GUARDS[name]
    routes = read(tmp_path, notation, "resources :notes, only: %i[index create]").routes
    assert {it.title: [guard.name for guard in it.guards] for it in routes} == expected


def test_inputs_are_what_is_read_of_params(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        """
        #- app/controllers/notes_controller.rb
        class NotesController < ActionController::Base
          def index
            params.fetch(:page, 1)
            cookies[:theme]
          end
          def create
            Note.create!(note_params)
          end
          def update
            params.expect(note: [:title, { tags: [] }])
          end
          private
          def note_params
            params.require(:note).permit(:title, :body, author: [:name])
          end
        end
        """,
        "resources :notes, only: %i[index create update]",
    ).routes
    inputs = {it.title: [(p.name, p.location) for p in it.parameters] for it in found}
    assert inputs["GET /notes"] == [("page", "query"), ("theme", "cookie")]
    assert inputs["POST /notes"] == [("title", "body"), ("body", "body"), ("author", "body")]
    assert inputs["PATCH /notes/{id}"] == [("id", "path"), ("title", "body"), ("tags", "body")]


def test_a_rate_limit_is_told_in_words(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        """
        #- app/controllers/notes_controller.rb
        class NotesController < ActionController::Base
          rate_limit to: 10, within: 3.minutes, only: :create
          def index; end
          def create; end
        end
        """,
        "resources :notes, only: %i[index create]",
    ).routes
    assert {it.title: it.rate_limit for it in found} == {
        "GET /notes": "",
        "POST /notes": "10/3 minutes",
    }


BEHIND = """
#- app/controllers/notes_controller.rb
class NotesController < ActionController::Base
  before_action :set_author
  def index
    @notes = Note.where("title = '#{params[:title]}'")
  end
  def create
    Publishing.new(params[:id]).call
  end
  private
  def set_author
    @author = Author.first
  end
end
#- app/services/publishing.rb
class Publishing
  def call
    Note.find(1)
    PublishJob.perform_later(1)
  end
end
#- app/jobs/publish_job.rb
class PublishJob < ActiveJob::Base
  queue_as :slow
  def perform(id); end
end
#- app/models/note.rb
class Note < ActiveRecord::Base; end
#- app/models/author.rb
class Author < ActiveRecord::Base; end
"""


def test_routes_tell_what_they_lead_to(tmp_path: Path) -> None:
    found = read(tmp_path, BEHIND, "resources :notes, only: %i[index create]")
    by_title = {it.title: it for it in found.routes}
    assert by_title["GET /notes"].models == ["Note", "Author"]
    assert by_title["POST /notes"].models == ["Note", "Author"]
    assert by_title["POST /notes"].jobs == ["PublishJob"]
    assert [it.line for it in by_title["GET /notes"].sql] == [4]
    assert [(it.name, it.queue, it.retries) for it in found.jobs] == [("PublishJob", "slow", 0)]


STATEMENTS = {
    "Note.where(\"title = '#{title}'\")": True,
    'Note.where("title = ?", title)': False,
    'Note.where("#{Note.table_name}.id = 1")': False,
    'Note.order("#{column} desc")': True,
    'Note.order("#{column.to_i} desc")': False,
    'Note.find_by_sql("select * from notes where id = #{id}")': False,
    'Note.find_by_sql("select * from notes where title = #{title}")': True,
    'Note.find_by_sql(["select * from notes where title = ?", title])': False,
    'connection.execute("delete from notes where title = " + title)': True,
    'connection.execute("delete from notes where title = #{connection.quote(title)}")': False,
    'connection.execute("delete from notes")': False,
    'logger.info("select #{title}")': False,
}


@pytest.mark.parametrize("call", STATEMENTS)
def test_statements_that_are_put_together(call: str, tmp_path: Path) -> None:
    notation = (
        f"#- app/models/search.rb\nclass Search\n  def run(title, column)\n    {call}\n  end\nend\n"
    )
    found = read(tmp_path, notation)
    assert bool(found.sql) is STATEMENTS[call]


TESTS = """
#- app/controllers/notes_controller.rb
class NotesController < ActionController::Base
  def index; end
  def create; end
  def show; end
end
#- test/integration/notes_test.rb
class NotesTest < ActionDispatch::IntegrationTest
  setup { get "/notes" }
  test "makes one" do
    post notes_path, params: {}
  end
  def test_shows
    get note_url(1)
  end
end
#- spec/requests/notes_spec.rb
RSpec.describe "Notes", type: :request do
  let(:id) { 4 }
  let(:path) { "/notes/#{id}" }
  describe "show" do
    it("answers") { get path }
  end
end
#- spec/controllers/notes_controller_spec.rb
describe NotesController, type: :controller do
  it "lists" do
    get :index
  end
end
"""


def test_tests_name_the_routes_that_they_call(tmp_path: Path) -> None:
    found = read(tmp_path, TESTS)
    calls = {
        (it.framework, it.name): [(call.method, call.path) for call in it.calls]
        for it in found.tests
    }
    assert calls == {
        ("minitest", "makes one"): [("GET", "/notes"), ("POST", "/notes")],
        ("minitest", "test_shows"): [("GET", "/notes"), ("GET", "/notes/*")],
        ("rspec", "Notes show answers"): [("GET", "/notes/*")],
        ("rspec", "NotesController lists"): [("GET", "/notes")],
    }
    tested = {it.title: [(ref.file, ref.line) for ref in it.tests] for it in found.routes}
    assert tested["POST /notes"] == [("test/integration/notes_test.rb", 3)]
    assert tested["GET /notes/{id}"] == [
        ("spec/requests/notes_spec.rb", 5),
        ("test/integration/notes_test.rb", 6),
    ]


def test_a_stack_is_read_of_gemfiles_and_the_database_s_settings(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        """
        #- Gemfile
        gem "rails", "~> 7.1"
        gem "sidekiq"
        group :test do
          gem "minitest", "5.20.0"
        end
        gem "standard", group: %i[development test]
        #- Gemfile.lock
        GEM
          specs:
            rails (7.1.3)
              railties (= 7.1.3)
        #- config/database.yml
        production:
          adapter: mysql2
        #- test/models/note_test.rb
        class NoteTest < ActiveSupport::TestCase; end
        #- config/puma.rb
        port ENV.fetch("PORT", 3000)
        workers ENV["WEB_CONCURRENCY"]
        """,
    ).stacks
    assert len(found) == 1
    stack = found[0]
    assert [(it.name, it.version) for it in stack.frameworks] == [
        ("rails", "7.1.3"),
        ("minitest", "5.20.0"),
    ]
    assert stack.databases == ["mysql", "redis"]
    assert (stack.package_manager, stack.test_command) == ("bundler", "bundle exec rails test")
    assert stack.lint_command == "bundle exec standardrb"
    assert stack.env == ["PORT", "WEB_CONCURRENCY"]
    assert set(stack.dev_dependencies) == {"minitest", "standard"}


HANAMI = """
#- config/routes.rb
module Bookshelf
  class Routes < Hanami::Routes
    root to: "home.index"
    get "/books/:id", to: "books.show"
    scope "archive" do
      post "/books", to: "books.create"
    end
    slice :api, at: "/api/v1" do
      get "/books", to: "books.index"
    end
    get "/ping", to: ->(env) { [200, {}, ["pong"]] }
  end
end
#- app/actions/books/show.rb
module Bookshelf
  module Actions
    module Books
      class Show < Bookshelf::Action
        before :authenticate_user!
        def handle(request, response)
          request.params[:detail]
        end
      end
    end
  end
end
#- slices/api/actions/books/index.rb
module API::Actions::Books
  class Index < API::Action
    def handle(request, response); end
  end
end
"""


def test_hanami_s_routes_name_classes_of_actions(tmp_path: Path) -> None:
    """From its documentation, as it can't be run here."""
    routes = {it.title: it for it in backend(tmp_path, HANAMI).routes}
    assert {title: (it.handler, it.handler_place.line) for title, it in routes.items()} == {
        "GET /": ("home.index", 3),
        "GET /books/{id}": ("Bookshelf::Actions::Books::Show", 6),
        "POST /archive/books": ("books.create", 6),
        "GET /api/v1/books": ("API::Actions::Books::Index", 3),
        "GET /ping": ("GET /ping", 11),
    }
    shown = routes["GET /books/{id}"]
    assert [it.name for it in shown.guards] == ["authenticate_user!"]
    assert [(it.name, it.location) for it in shown.parameters] == [
        ("id", "path"),
        ("detail", "query"),
    ]


def test_throttles_hold_for_the_paths_that_they_name(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        """
        #- config/initializers/rack_attack.rb
        class Rack::Attack
          throttle("all", limit: 300, period: 5.minutes, &:ip)
          throttle("writes", limit: 5, period: 20) do |req|
            req.ip if req.path == "/notes" && req.post?
          end
        end
        """,
        "resources :notes, only: %i[index create]",
    ).routes
    assert {it.title: it.rate_limit for it in found} == {
        "GET /notes": "300/5 minutes",
        "POST /notes": "5/20 seconds",
    }


def test_a_model_that_checks_itself_validates_what_is_written(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        """
        #- app/controllers/notes_controller.rb
        class NotesController < ActionController::Base
          def index = Note.all
          def create = Note.create!(params.require(:note).permit(:title))
        end
        #- app/models/note.rb
        class Note < ActiveRecord::Base
          validates :title, presence: true
        end
        """,
        "resources :notes, only: %i[index create]",
    ).routes
    assert {it.title: it.validators for it in found} == {"GET /notes": [], "POST /notes": ["Note"]}
    assert {it.title: it.request_model for it in found} == {"GET /notes": "", "POST /notes": "Note"}


def test_models_are_reached_by_associations(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        """
        #- app/controllers/notes_controller.rb
        class NotesController < ActionController::Base
          def index
            render json: current_user.notes
          end
        end
        #- app/models/all.rb
        class Note < ActiveRecord::Base; end
        class User < ActiveRecord::Base
          has_many :notes
        end
        """,
        "resources :notes, only: :index",
    ).routes
    assert [it.models for it in found] == [["Note"]]


HOSTILE = {
    "a file that draws itself": "draw :again",
    "a concern in itself": "concern(:a) { concerns :a }\n  concerns :a",
    "words inside each other": "scope('a') { " * 300 + "get 'x', to: 'notes#index'" + " }" * 300,
    "a list in itself": "XS = [XS]\n  XS.each { |it| resources it }",
    "a chain of calls": "x" + ".y(1)" * 3_000,
    "brackets": "[" * 2_000 + "]" * 2_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_routes_cost_bounded_time(name: str, tmp_path: Path) -> None:
    notation = "#- config/routes/again.rb\ndraw :again\nresources :songs, only: :index\n"
    found = read(tmp_path, notation, f"{HOSTILE[name]}\n  get 'last', to: 'notes#last'")
    assert "GET /last" in {it.title for it in found.routes}


def test_classes_that_inherit_from_each_other(tmp_path: Path) -> None:
    chain = "".join(f"class A{n + 1} < A{n}; end\n" for n in range(2_000))
    found = read(
        tmp_path,
        f"""
#- app/models/odd.rb
class A0 < ActiveRecord::Base
  has_many :bs, through: :cs
  has_many :cs, through: :bs
end
class A0 < B
end
class B < A0
  include Each
end
module Each
  include Each
end
{chain}
""",
    )
    assert {"A0", "B"} <= {it.name for it in found.models}
