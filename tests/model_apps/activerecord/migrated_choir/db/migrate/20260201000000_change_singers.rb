class ChangeSingers < ActiveRecord::Migration[6.1]
  def up
    add_column :singers, :born_on, :date
    add_column :singers, :pitch, :float
    rename_column :singers, :stage_name, :alias_name
    remove_column :parts, :colour
    change_table :parts do |t|
      t.string :hall
      t.rename :seats, :places
    end
    create_table(:rehearsals) { |t| t.datetime :starts_at, null: false }
    create_table(:leftovers) { |t| t.string :x }
    change_column_null :singers, :name, false
    change_column_default :singers, :voice, from: "alto", to: "tenor"
    add_index :singers, [:name, :born_on], unique: true
    add_reference :rehearsals, :part, foreign_key: true
  end

  def down
    drop_table :rehearsals
  end
end
