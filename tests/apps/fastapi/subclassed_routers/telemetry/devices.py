from fastapi import APIRouter, HTTPException
from pydantic import BaseModel


class Device(BaseModel):
    serial: str
    model: str


class DeviceController:
    def __init__(self) -> None:
        self.devices: dict[str, Device] = {}
        self.router = APIRouter(prefix="/devices", tags=["devices"])
        self.router.add_api_route("", self.list_devices, methods=["GET"])
        self.router.add_api_route("", self.register, methods=["POST"], status_code=201)
        self.router.add_api_route("/{serial}", self.show, methods=["GET"], response_model=Device)
        self.router.add_api_route("/{serial}", self.replace, methods=["PUT", "PATCH"])

    def list_devices(self) -> list[Device]:
        return list(self.devices.values())

    def register(self, device: Device) -> Device:
        self.devices[device.serial] = device
        return device

    def show(self, serial: str) -> Device:
        if serial not in self.devices:
            raise HTTPException(404, "never seen")
        return self.devices[serial]

    def replace(self, serial: str, device: Device) -> Device:
        self.devices[serial] = device
        return device
