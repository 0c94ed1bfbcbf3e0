"""The day: place, programme, host console, hall screen, phones that follow."""
