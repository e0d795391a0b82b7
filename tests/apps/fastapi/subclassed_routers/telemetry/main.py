from telemetry.alarms import router as alarms
from telemetry.devices import DeviceController
from telemetry.ingest import router as ingest
from telemetry.internal import router as internal
from telemetry.routing import TelemetryApp

app = TelemetryApp(version="2.3")
app.include_router(DeviceController().router, prefix="/v1")
app.include_router(ingest, prefix="/v1")
app.include_router(alarms)
app.include_router(internal)
