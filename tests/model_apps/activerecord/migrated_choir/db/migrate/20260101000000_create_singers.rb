class CreateSingers < ActiveRecord::Migration[6.1]
  def change
    create_table :singers do |t|
      t.string :name, :stage_name
      t.string :voice, null: false, default: "alto"
      t.references :section, null: false, foreign_key: { to_table: :parts }, index: { unique: true }
      t.belongs_to :patron, polymorphic: true
      t.timestamps
    end
    create_table :parts do |t|
      t.integer :seats, default: 4
      t.string :colour
      t.index :colour, unique: true
    end
    create_join_table :singers, :concerts do |t|
      t.index [:singer_id, :concert_id]
    end
  end
end
