from shop.tasks.mail import send_receipt as receipt
