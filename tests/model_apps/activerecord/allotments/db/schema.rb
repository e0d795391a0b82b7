ActiveRecord::Schema.define(version: 2026_03_01_120000) do
  create_table "gardeners", force: :cascade do |t|
    t.string "email", default: "", null: false
    t.string "full_name", null: false
    t.integer "role", default: 0, null: false
    t.boolean "active", default: true, null: false
    t.bigint "mentor_id"
    t.datetime "created_at", precision: 6, null: false
    t.datetime "updated_at", precision: 6, null: false
    t.index ["email"], name: "index_gardeners_on_email", unique: true
    t.index ["mentor_id"], name: "index_gardeners_on_mentor_id"
  end

  create_table "plots", id: :string, force: :cascade do |t|
    t.decimal "area", precision: 8, scale: 2
    t.string "type", null: false
    t.text "notes"
    t.references "gardener", foreign_key: true
    t.index ["type", "area"], name: "index_plots_on_type_and_area"
  end

  create_table "harvests", force: :cascade do |t|
    t.string "plot_id", null: false
    t.bigint "crop_id", null: false
    t.float "kilos", default: 0.0
    t.date "on", null: false
    t.index ["plot_id", "crop_id", "on"], name: "once_a_day", unique: true
  end

  create_table "vegetables", primary_key: "code", force: :cascade do |t|
    t.string "name", null: false
    t.json "seasons"
    t.time "water_at"
    t.binary "picture"
  end

  create_table "comments", force: :cascade do |t|
    t.string "subject_type", null: false
    t.bigint "subject_id", null: false
    t.text "body", null: false
    t.index ["subject_type", "subject_id"], name: "index_comments_on_subject"
  end

  create_table "crops_gardeners", id: false, force: :cascade do |t|
    t.bigint "crop_id", null: false
    t.bigint "gardener_id", null: false
  end

  create_table "audit_entries", force: :cascade do |t|
    t.string "what", null: false
    t.timestamps
  end

  add_foreign_key "gardeners", "gardeners", column: "mentor_id"
  add_foreign_key "harvests", "plots"
  add_foreign_key "harvests", "vegetables", column: "crop_id", primary_key: "code"
end
