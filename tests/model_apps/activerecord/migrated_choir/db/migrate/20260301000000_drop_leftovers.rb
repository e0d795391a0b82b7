class DropLeftovers < ActiveRecord::Migration[6.1]
  def change
    drop_table :leftovers
    rename_table :rehearsals, :practices
    remove_column :singers, :pitch, :float
    change_column :singers, :name, :text, null: false
  end
end
