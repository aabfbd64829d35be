# Terraform: a table for event stores.
variable "table_name" {
  type    = string
  default = "events"
}

resource "aws_dynamodb_table" "events" {
  name                        = var.table_name
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "pk"
  range_key                   = "sk"
  deletion_protection_enabled = true

  attribute {
    name = "pk"
    type = "S"
  }

  attribute {
    name = "sk"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  lifecycle {
    prevent_destroy = true
  }
}

output "table_arn" {
  value = aws_dynamodb_table.events.arn
}
