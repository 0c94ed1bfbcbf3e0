"""Who takes part: municipalities, organisations by sector, persons and their mandates."""
