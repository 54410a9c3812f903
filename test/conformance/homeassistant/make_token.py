"""Makes a user with a long-lived access token in a Home Assistant configuration folder, and prints the token."""

import asyncio
import sys
from datetime import timedelta

from homeassistant.auth import auth_manager_from_config
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry, entity_registry


async def main(folder: str) -> None:
    hass = HomeAssistant(folder)
    await asyncio.gather(device_registry.async_load(hass), entity_registry.async_load(hass))
    hass.auth = await auth_manager_from_config(hass, [{"type": "homeassistant"}], [])
    user = await hass.auth.async_create_user("Tentacle", group_ids=["system-admin"])
    token = await hass.auth.async_create_refresh_token(
        user,
        client_name="Tentacle",
        token_type="long_lived_access_token",
        access_token_expiration=timedelta(days=1),
    )
    print(hass.auth.async_create_access_token(token))
    await hass.async_stop(force=True)


asyncio.run(main(sys.argv[1]))
