module Audit
  def self.table_name_prefix
    "audit_"
  end
end
