from ninja import Router

router = Router()


@router.api_operation(["PUT", "PATCH"], "/{sku}")
def change(request, sku: str):
    return {"sku": sku}


@router.delete("/{sku}")
def remove(request, sku: str):
    return {"sku": sku}
